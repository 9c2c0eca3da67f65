import { useEffect, useState } from "preact/hooks";

/** A way out of the page that was stopped, to be gone on or given up. */
export interface Leaving {
  leave: () => void;
  stay: () => void;
}

/**
 * While `isUnsaved`: links and forms of the page ask first (by what this
 * returns), and closing the tab asks in the browser's own words.
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
          end.abort(); // The browser need not ask once more.
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

/** The link that a click follows out of this page, in this tab. */
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
