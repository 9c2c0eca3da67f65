import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

/**
 * Marks controls that need JavaScript as inactive until it runs, for people and
 * for assistive technology.
 */
export function Ready({ children }: { children: ComponentChildren }) {
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return <fieldset class="ready" disabled={!isReady}>{children}</fieldset>;
}
