const SCRIPT = "/_fresh/reload.js";
const EVENTS = "/_fresh/builds";
const RETRY_MS = 300;

/** Returns the script of development pages, which knows the build of its
 * page. */
export function reloadScriptUrl(build: string): string {
  return `${SCRIPT}?build=${build}`;
}

const SOURCE = `
const own = new URL(import.meta.url).searchParams.get("build");
new EventSource("${EVENTS}").onmessage = ({ data }) => {
  if (data !== own) location.reload();
};
`;

/**
 * Answers the two URLs of live reload. The stream stays open until the server
 * stops. Then the browser reconnects and receives the id of the next build.
 */
export function liveReload(path: string, build: string): Response | null {
  if (path === SCRIPT) {
    const headers = { "content-type": "text/javascript; charset=utf-8" };
    return new Response(SOURCE, { headers });
  }
  if (path !== EVENTS) return null;
  const event = new TextEncoder().encode(
    `retry: ${RETRY_MS}\ndata: ${build}\n\n`,
  );
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(event),
  });
  const headers = {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
  };
  return new Response(body, { headers });
}
