/** A navigation that takes longer was cancelled, or was a download. */
const FRESH_MS = 10_000;

/** The pages that keep an agent connected: those of signed-in users, and the
 * form that leads back to them. */
const SIGNED_IN = /^\/((admin|account|messages|desk|preferences)(\/.*)?)?$/;

/** True if the page at this address has the bar of a signed-in user. */
export function isSignedInPage({ origin, pathname }: URL): boolean {
  return origin === location.origin && SIGNED_IN.test(pathname);
}

/**
 * Watches where this page is about to go, until `signal` is aborted, and calls
 * `onGoing` with the address when the browser begins to go there. Returns a
 * function that returns the address of the page that replaces this one. That is
 * undefined if none does, and if the browser doesn't tell: one without the
 * Navigation API tells only of links and forms.
 */
export function watchDestination(
  signal: AbortSignal,
  { now = () => performance.now(), onGoing = () => {} }: {
    now?: () => number;
    onGoing?: (to: URL) => void;
  } = {},
): () => URL | undefined {
  let last: { to: URL; at: number } | undefined;
  const goTo = (address: string) => {
    const to = new URL(address);
    last = { to, at: now() };
    onGoing(to);
  };
  const navigation = "navigation" in globalThis && globalThis.navigation;
  if (navigation instanceof EventTarget) {
    navigation.addEventListener("navigate", (event) => {
      const to = destinationOf(event);
      if (to !== undefined) goTo(to);
    }, { signal });
  } else {
    document.addEventListener("click", ({ target }) => {
      const link = target instanceof Element && target.closest("a");
      if (!(link instanceof HTMLAnchorElement)) return;
      if (link.protocol.startsWith("http") && !link.target) goTo(link.href);
    }, { signal });
    document.addEventListener("submit", ({ target }) => {
      if (target instanceof HTMLFormElement) goTo(target.action);
    }, { signal });
  }
  return () => last && now() - last.at <= FRESH_MS ? last.to : undefined;
}

/** Returns the address of another document that the browser is about to
 * load. */
function destinationOf(event: Event): string | undefined {
  const isDownload = "downloadRequest" in event &&
    typeof event.downloadRequest === "string";
  if (isDownload || !("destination" in event)) return undefined;
  const { destination } = event;
  if (typeof destination !== "object" || destination === null) return undefined;
  if ("sameDocument" in destination && destination.sameDocument) {
    return undefined;
  }
  const isKnown = "url" in destination && typeof destination.url === "string";
  return isKnown ? String(destination.url) : undefined;
}
