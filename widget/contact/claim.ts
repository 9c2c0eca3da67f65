/** A page that is left releases its claim within this time. */
const WAIT_MS = 2_000;

const claimed = new Set<string>();

/**
 * Claims a seat for this page until the page closes. A duplicated tab gets a
 * copy of its session storage, so without a claim two pages would use one chat.
 * Returns false if this or another page has claimed the seat. Insecure pages
 * have no locks, so there the claim always succeeds.
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
        return new Promise(() => {}); // Held until the page closes.
      },
    ).catch(() => resolve(!claimed.delete(resume)));
  });
}
