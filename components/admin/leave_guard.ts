import { useEffect, useState } from "preact/hooks";

/** A stopped navigation, which can be continued or cancelled. */
export interface Leaving {
  leave: () => void;
  stay: () => void;
}

/**
 * While `isUnsaved`, links and forms of the page ask first (the page shows the
 * returned value), and closing the tab shows the browser's own question.
 */
export function useLeaveGuard(isUnsaved: boolean): Leaving | undefined {
  const [way, setWay] = useState<{ go: () => void }>();
  useEffect(() => {
    if (!isUnsaved) return;
    const end = new AbortController();
    const { signal } = end;
    const stop = (event: Event, go: () => void) => {
      event.preventDefault();
      setWay({
        go() {
          end.abort(); // The browser must not ask again.
          go();
        },
      });
    };
    addEventListener("beforeunload", (event) => event.preventDefault(), {
      signal,
    });
    document.addEventListener("click", (event) => {
      const link = wayOut(event);
      if (link) stop(event, () => location.assign(link.href));
    }, { signal });
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
      if (form.method !== "post") return;
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
