import { csrf } from "fresh";
import { ownOriginInFrames } from "@/lib/web/frames.ts";
import { define } from "@/lib/web/state.ts";

/** What another website makes a browser send is refused, with a page of ours. */
export default define.middleware([csrf(), ownOriginInFrames]);
