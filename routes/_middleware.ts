import { csp } from "fresh";
import { define } from "@/lib/web/state.ts";

/** Scripts and styles are files of ours, nothing is inline; no one may frame us. */
const POLICY = [
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "frame-src 'self'",
];
const strict = csp({ csp: POLICY });
/** The preview of the editor stands in a frame of the editor's page. */
const framed = csp({ csp: [...POLICY, "frame-ancestors 'self'"] });

export default define.middleware(async (ctx) => {
  const isFrame = ctx.url.pathname === "/preview/frame";
  const response = await (isFrame ? framed : strict)(ctx);
  if (ctx.state.account !== undefined && isPage(response)) {
    response.headers.set("cache-control", "no-store"); // A shared computer.
  }
  return response;
});

function isPage({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("text/html") ?? false;
}
