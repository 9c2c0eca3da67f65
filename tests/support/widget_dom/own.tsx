import { render } from "@/widget/dom/render.ts";
import { Widget } from "@/widget/view/widget.tsx";
import { modelOf, type Shown } from "./model.ts";

// Bundled with widget/bundle.json: the widget's own renderer.
Object.assign(globalThis, {
  drawOwn: (shown: Shown, into: Element) =>
    render(<Widget model={modelOf(shown)} />, into),
});
