/** A JSON object of the wire, as the simulated PBX handles it. */
export type Json = { [member: string]: unknown };

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** The facility of a type in a signal. */
export function facility(sig: Json, type: string): Json | undefined {
  return listOf(sig.fty).find((fty) => fty.type === type);
}
