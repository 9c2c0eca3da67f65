/** A page that is left frees its claim by then. */
const WAIT_MS = 2_000;

const claimed = new Set<string>();

/**
 * Claims a seat for this page, as long as it lives. A duplicated tab gets a copy
 * of its session storage: without this, two pages would pull at one chat. False
 * if this or another page has it already. Where a page is not secure there are no locks, and
 * the seat is claimed without.
 */
export async function claim(resume: string): Promise<boolean> {
  if (claimed.has(resume)) return false;
  claimed.add(resume);
  if (!navigator.locks) return true;
  return await new Promise((resolve) => {
    navigator.locks.request(
      `contact-widget:${resume}`,
      { signal: AbortSignal.timeout(WAIT_MS) },
      () => {
        resolve(true);
        return new Promise(() => {}); // Held until the page goes.
      },
    ).catch(() => resolve(!claimed.delete(resume)));
  });
}
