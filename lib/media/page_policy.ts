/**
 * True if the page's policy allows a feature, such as `microphone`. Undefined
 * in browsers that do not report it.
 */
export function allowsFeature(feature: string): boolean | undefined {
  const policy: unknown = Reflect.get(
    globalThis.document ?? {},
    "featurePolicy",
  );
  return isPolicy(policy) ? policy.allowsFeature(feature) : undefined;
}

function isPolicy(
  value: unknown,
): value is { allowsFeature(feature: string): boolean } {
  return typeof value === "object" && value !== null &&
    "allowsFeature" in value && typeof value.allowsFeature === "function";
}
