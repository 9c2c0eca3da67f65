import { csrf } from "fresh";
import { ownOriginInFrames } from "@/lib/web/frames.ts";
import { countOpenMessages } from "@/lib/web/open_messages.ts";
import { define } from "@/lib/web/state.ts";
import { storeFaults } from "@/lib/web/store_faults.ts";
import { errorsAsProblems } from "@/lib/web/token_api.ts";

/** Rejects requests that another website makes a browser send, with an error
 * page, and makes failures of the store a 503. Counts what the navigation shows. */
export default define.middleware([
  errorsAsProblems,
  csrf(),
  ownOriginInFrames,
  storeFaults,
  countOpenMessages,
]);
