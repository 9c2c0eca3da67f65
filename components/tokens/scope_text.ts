import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";

/** Returns a scope in words. One that only a later version knows stays as it is
 * stored. */
export function scopeText(
  scope: string,
  { tokens }: Pick<AdminTexts, "tokens">,
): string {
  return new Map(Object.entries(tokens.scope)).get(scope) ?? scope;
}
