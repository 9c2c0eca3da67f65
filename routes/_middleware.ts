import { csrf } from "fresh";
import { ownOriginInFrames } from "@/lib/web/frames.ts";
import { define } from "@/lib/web/state.ts";

/** Rejects requests that another website makes a browser send, with an error
 * page. */
export default define.middleware([csrf(), ownOriginInFrames]);
