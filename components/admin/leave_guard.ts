import { useEffect, useRef, useState } from "preact/hooks";
import { watchDestination } from "./destination.ts";

/** A stopped navigation, which can be continued or cancelled. */
export interface Leaving {
  leave: () => void;
  stay: () => void;
}

export interface LeaveGuardOptions {
  /** True if nothing is lost on the way to this address, which is undefined if
   * the tab may be closing. */
  isHarmless(to: URL | undefined): boolean;
}

/**
 * While `isUnsaved`, links and forms of the page ask first (the page shows the
 * returned value), and closing the tab shows the browser's own question.
 */
export function useLeaveGuard(
  isUnsaved: boolean,
  options: LeaveGuardOptions = { isHarmless: () => false },
): Leaving | undefined {
  const [way, setWay] = useState<{ go: () => void }>();
  const guard = useRef(options);
  guard.current = options;
  useEffect(() => {
    if (!isUnsaved) return;
    const end = new AbortController();
    const { signal } = end;
    const destination = watchDestination(signal);
    const isHarmless = (to: URL | undefined) => guard.current.isHarmless(to);
    const stop = (event: Event, go: () => void) => {
      event.preventDefault();
      setWay({
        go() {
          end.abort(); // The browser must not ask again.
          go();
        },
      });
    };
    addEventListener("beforeunload", (event) => {
      if (!isHarmless(destination())) event.preventDefault();
    }, { signal });
    document.addEventListener("click", (event) => {
      const link = wayOut(event);
      if (!link || isHarmless(new URL(link.href))) return;
      stop(event, () => location.assign(link.href));
    }, { signal });
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
      if (form.method !== "post" || isHarmless(new URL(form.action))) return;
      const { submitter } = event;
      stop(event, () => form.requestSubmit(submitter));
    }, { signal });
    return () => end.abort();
  }, [isUnsaved]);
  if (way === undefined) return undefined;
  const stay = () => setWay(undefined);
  return {
    stay,
    leave() {
      stay();
      way.go();
    },
  };
}

/** Returns the link with which a click leaves this page in this tab. */
function wayOut(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey) return undefined;
  const link = event.target instanceof Element && event.target.closest("a");
  if (!(link instanceof HTMLAnchorElement) || link.target || link.download) {
    return undefined;
  }
  const { pathname, search, href } = link;
  const stays = pathname === location.pathname && search === location.search;
  return stays || !href.startsWith("http") ? undefined : link;
}
