import type { UploadedFile } from "../attachments.js";
import { apiErrors, invalidForm } from "../errors.js";

/** What a request's body held. */
export interface Body {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
}

/**
 * Reads a JSON or multipart body (`payload_json` and `files[n]`).
 *
 * @throws ApiError 50109 (not JSON), 50035 (another content type, a badly named part)
 */
export function parseBody(raw: Buffer, contentType: string): Body {
  if (raw.length === 0) return { json: undefined, files: [] };
  if (contentType.startsWith("application/json")) return { json: parseJson(raw.toString()), files: [] };
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) {
    const message = "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data'}.";
    throw invalidForm([{ path: [], code: "CONTENT_TYPE_INVALID", message }]);
  }
  let json: unknown = {};
  const files: UploadedFile[] = [];
  for (const { name, filename, type, data } of parts(raw, boundary)) {
    if (name === "payload_json") {
      json = parseJson(data.toString());
      continue;
    }
    const key = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (key === undefined || filename === undefined) {
      throw invalidForm([{ path: [name], code: "FILES_TYPE_INVALID", message: "Files are named files[n]." }]);
    }
    files.push({ key, filename, contentType: type, data });
  }
  return { json, files };
}

interface Part {
  readonly name: string;
  readonly filename: string | undefined;
  readonly type: string | undefined;
  readonly data: Buffer;
}

/** The parts between the boundaries (RFC 7578). What is not a part is passed over. */
function* parts(raw: Buffer, boundary: string): Generator<Part> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const body = Buffer.concat([Buffer.from("\r\n"), raw]);
  let start = body.indexOf(delimiter);
  while (start !== -1) {
    start += delimiter.length;
    const end = body.indexOf(delimiter, start);
    const blank = body.indexOf("\r\n\r\n", start);
    if (end === -1 || blank === -1 || blank > end) return;
    const headers = body.subarray(start, blank).toString();
    const name = /\bname="([^"]*)"/i.exec(headers)?.[1];
    if (name !== undefined) {
      yield {
        name,
        filename: /\bfilename="([^"]*)"/i.exec(headers)?.[1],
        type: /^content-type: *(.+?)\s*$/im.exec(headers)?.[1],
        data: body.subarray(blank + 4, end),
      };
    }
    start = end;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw apiErrors.invalidJson();
  }
}
