/** A series that a query of Prometheus asks for, with what it says of its labels. */
export interface Asked {
  readonly series: string;
  readonly matchers: readonly { readonly label: string; readonly values: readonly string[] }[];
}

/** The series in an expression. Of a matcher with a pattern each alternative is a value. */
export function askedIn(expression: string): Asked[] {
  const plain = withoutTexts(expression);
  return [...plain.matchAll(/(?<![\w:])([a-zA-Z_:][\w:]*)\s*(\{[^}]*\})?/g)].flatMap((found) => {
    const [, series = "", braces] = found;
    const isFunction = /^\s*\(/.test(plain.slice(found.index + found[0].length));
    if (isFunction || (braces === undefined && !series.includes("_")) || GROUPING.test(series)) return [];
    if (isInsideGrouping(plain, found.index)) return [];
    const said = expression.slice(found.index, found.index + found[0].length);
    const matchers = [...said.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"/g)].map(([, label = "", value = ""]) => ({
      label,
      values: value.split("|"),
    }));
    return [{ series, matchers }];
  });
}

/** The labels that an expression groups by. */
export function groupedBy(expression: string): string[] {
  return [...expression.matchAll(/\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g)].flatMap(([, labels = ""]) =>
    labels.split(",").map((label) => label.trim()),
  );
}

const GROUPING = /^(by|without|on|ignoring|and|or|unless|bool)$/;

/** Of the same length, with blanks in place of what stands between quotes and of ranges. */
function withoutTexts(expression: string): string {
  const blank = (text: string) => " ".repeat(text.length);
  return expression.replaceAll(/"[^"]*"/g, blank).replaceAll(/\[[^\]]*\]/g, blank);
}

function isInsideGrouping(expression: string, index: number): boolean {
  return /\b(by|without|on|ignoring)\s*\([^)]*$/.test(expression.slice(0, index));
}
