import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

/**
 * What needs JavaScript to do anything: until it runs here, its controls say
 * that they do nothing yet, to people and to programs alike.
 */
export function Ready({ children }: { children: ComponentChildren }) {
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return <fieldset class="ready" disabled={!isReady}>{children}</fieldset>;
}
