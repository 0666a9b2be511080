/** What was filled into a field of a form; undefined where it was left empty. */
export function filled(text: string | undefined): string | undefined {
  const typed = text?.trim();
  return typed === "" ? undefined : typed;
}
