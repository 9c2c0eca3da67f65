import { render } from "preact";
import { Widget } from "@/widget/view/widget.tsx";
import { modelOf, type Shown } from "./model.ts";

// Bundled with deno.json: the same views, drawn by Preact.
Object.assign(globalThis, {
  drawPreact: (shown: Shown, into: Element) =>
    render(<Widget model={modelOf(shown)} />, into),
});
