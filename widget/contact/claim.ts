/** A page that is left frees its claim by then. */
const WAIT_MS = 2_000;

/**
 * Claims a seat for this page, as long as it lives. A duplicated tab gets a copy
 * of its session storage: without this, two pages would pull at one chat. False
 * if another page has it. Where a page is not secure there are no locks, and
 * the seat is claimed without.
 */
export async function claim(resume: string): Promise<boolean> {
  if (!navigator.locks) return true;
  return await new Promise((resolve) => {
    navigator.locks.request(
      `contact-widget:${resume}`,
      { signal: AbortSignal.timeout(WAIT_MS) },
      () => {
        resolve(true);
        return new Promise(() => {}); // Held until the page goes.
      },
    ).catch(() => resolve(false));
  });
}
