import type { ComponentChild } from "preact";
import type { Model } from "../view/model.ts";
import type { CallDesk } from "./port.ts";

/** The views of a call; mod.tsx passes them in. */
export interface CallViews<Run> {
  whole(run: Run, model: Model): ComponentChild;
  bar(run: Run, model: Model): ComponentChild;
  inWords(run: Run, model: Model): ReturnType<CallDesk["inWords"]>;
}
