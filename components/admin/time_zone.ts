import { useEffect, useState } from "preact/hooks";

/** Returns the reader's time zone. The service does not know it, so the page is
 * rendered with `before` first. */
export function useTimeZone(before = "UTC"): string {
  const [zone, setZone] = useState(before);
  useEffect(() => {
    setZone(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, []);
  return zone;
}
