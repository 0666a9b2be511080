import type { z } from "zod";
import { invalidForm, type FormIssue } from "../errors.js";

/**
 * Parses a request's form and answers as Discord does: 50035 with a tree of everything at fault.
 * Codes and messages follow Discord's where they are publicly known; a few are only alike.
 *
 * @param at where the form stands in the request body
 * @throws ApiError 50035
 */
export function parseForm<T>(schema: z.ZodType<T>, form: unknown, at: readonly PropertyKey[] = []): T {
  const result = schema.safeParse(form, { reportInput: true });
  if (result.success) return result.data;
  throw invalidForm(result.error.issues.map((issue) => discordIssue(issue, at)));
}

/** Context of a refinement, as far as `fault` needs it. */
interface Refinement {
  addIssue(issue: { code: "custom"; path: PropertyKey[]; message: string; params: { code: string } }): void;
}

/** Reports a fault from within a refinement. */
export function fault(context: Refinement, path: PropertyKey[], code: string, message: string): void {
  context.addIssue({ code: "custom", path, message, params: { code } });
}

/** The fault of a field that is missing or empty. */
export function missing(context: Refinement, ...path: PropertyKey[]): void {
  fault(context, path, "BASE_TYPE_REQUIRED", "This field is required");
}

/** The fault of a text or a list that is too short or too long. */
export function badLength(context: Refinement, path: PropertyKey[], min: number, max: number): void {
  if (min === 0) fault(context, path, "BASE_TYPE_MAX_LENGTH", `Must be ${max} or fewer in length.`);
  else fault(context, path, "BASE_TYPE_BAD_LENGTH", `Must be between ${min} and ${max} in length.`);
}

function discordIssue(issue: z.core.$ZodIssue, at: readonly PropertyKey[]): FormIssue {
  const path = [...at, ...issue.path];
  switch (issue.code) {
    case "custom": {
      const code: unknown = issue.params?.code;
      return { path, code: typeof code === "string" ? code : "BASE_TYPE_INVALID", message: issue.message };
    }
    case "invalid_type":
      return { path, ...wrongType(issue.expected, issue.input) };
    case "invalid_value":
      if (issue.input === undefined) return { path, ...required };
      return {
        path,
        code: "BASE_TYPE_CHOICES",
        message: `Value must be one of (${issue.values.map(String).join(", ")}).`,
      };
    case "invalid_union":
      return { path, code: "UNION_TYPE_CHOICES", message: 'Value of field "type" is not one that may stand here.' };
    case "too_big":
      return { path, code: "NUMBER_TYPE_MAX", message: `int value should be less than or equal to ${issue.maximum}.` };
    case "too_small":
      return {
        path,
        code: "NUMBER_TYPE_MIN",
        message: `int value should be greater than or equal to ${issue.minimum}.`,
      };
    case "invalid_format":
    case "not_multiple_of":
    case "unrecognized_keys":
    case "invalid_key":
    case "invalid_element":
      return { path, code: "STRING_TYPE_REGEX", message: "String value did not match validation regex." };
  }
}

const required = { code: "BASE_TYPE_REQUIRED", message: "This field is required" };

function wrongType(expected: string, input: unknown): { code: string; message: string } {
  if (input === undefined || input === null) return required;
  switch (expected) {
    case "string":
      return { code: "STRING_TYPE_CONVERT", message: "Could not interpret the value as string." };
    case "array":
      return { code: "LIST_TYPE_CONVERT", message: "Only iterables may be used in a ListType" };
    case "object":
    case "record":
      return { code: "DICT_TYPE_CONVERT", message: "Only dictionaries may be used in a DictType" };
    case "boolean":
      return { code: "BOOLEAN_TYPE_CONVERT", message: "Must be either true or false." };
    default:
      return { code: "NUMBER_TYPE_COERCE", message: `Value is not ${expected}.` };
  }
}
