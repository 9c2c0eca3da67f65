/**
 * Returns the source text of a member of a JSON object, exactly as in `json`,
 * which must be valid JSON. If the member is repeated, the last one counts, as
 * in `JSON.parse`. Undefined if `json` is not an object or lacks the member.
 */
export function rawMember(json: string, name: string): string | undefined {
  let at = skipSpace(json, 0);
  if (json[at] !== "{") return undefined;
  let found: string | undefined;
  at = skipSpace(json, at + 1);
  while (json[at] === '"') {
    const keyEnd = skipString(json, at);
    const key: unknown = JSON.parse(json.slice(at, keyEnd));
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1); // The colon.
    const end = skipValue(json, start);
    if (key === name) found = json.slice(start, end);
    at = skipSpace(json, skipSpace(json, end) + 1); // The comma, or the end.
  }
  return found;
}

function skipSpace(json: string, at: number): number {
  while (at < json.length && " \t\r\n".includes(json.charAt(at))) at++;
  return at;
}

/** Returns the position after the closing quote, from the opening one. */
function skipString(json: string, at: number): number {
  at++;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

function skipValue(json: string, at: number): number {
  if (json[at] === '"') return skipString(json, at);
  if (json[at] !== "{" && json[at] !== "[") {
    while (at < json.length && !",}] \t\r\n".includes(json.charAt(at))) at++;
    return at;
  }
  let depth = 0;
  do {
    const char = json[at];
    if (char === '"') {
      at = skipString(json, at);
      continue;
    }
    if (char === "{" || char === "[") depth++;
    if (char === "}" || char === "]") depth--;
    at++;
  } while (depth > 0 && at < json.length);
  return at;
}
