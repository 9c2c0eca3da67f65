import { HttpError } from "fresh";
import { asset } from "fresh/runtime";
import { ContactWidget } from "@/components/admin/contact_widget.ts";
import { define } from "@/lib/web/state.ts";

export const config = { skipInheritedLayouts: true, skipAppWrapper: true };

/** Used only by the editor, which passes unsaved content to the element. */
export const handler = define.handlers({
  GET(ctx) {
    const { account } = ctx.state;
    if (!account?.roles.includes("admin")) throw new HttpError(403);
    return { data: undefined };
  },
});

export default define.page<typeof handler>(({ url }) => {
  const isSidebar = url.searchParams.get("type") === "sidebar";
  return (
    <html lang="en" data-theme="auto">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Preview</title>
        <link rel="stylesheet" href={asset("/frame.css")} />
        <script type="module" src="/widget.js" async />
      </head>
      <body>
        {isSidebar ? <Sketch lines={9} /> : <Sketch lines={2} />}
        <ContactWidget />
        {!isSidebar && <Sketch lines={2} />}
      </body>
    </html>
  );
});

/** A page in outline, which shows the widget in context. */
function Sketch({ lines }: { lines: number }) {
  return (
    <div class="sketch" aria-hidden="true">
      {Array.from({ length: lines }, (_, n) => <span key={n} />)}
    </div>
  );
}
