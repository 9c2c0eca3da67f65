import { csrf } from "fresh";
import { define } from "@/lib/web/state.ts";

/** What another website makes a browser send is refused, with a page of ours. */
export default define.middleware(csrf());
