import { Heard } from "./heard.ts";

/** Another company's website: one page, served from a separate origin. */
export interface Website extends AsyncDisposable {
  origin: string;
  /** Requested paths, in order. */
  requests: string[];
  /** Policy reports that browsers have posted. */
  posted: Heard<string>;
}

/**
 * Serves `page()`, called for each request, at every path of a free port of
 * 127.0.0.1. `headers` can contain a Content-Security-Policy.
 */
export function serveWebsite(
  page: () => string,
  headers: Record<string, string> = {},
): Website {
  const requests: string[] = [];
  const posted = new Heard<string>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      if (request.method === "POST") {
        posted.tell(await request.text());
        return new Response(null, { status: 204 });
      }
      requests.push(pathname);
      if (pathname === "/favicon.ico") {
        return new Response(null, { status: 204 });
      }
      return new Response(page(), {
        headers: { "content-type": "text/html; charset=utf-8", ...headers },
      });
    },
  );
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    requests,
    posted,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
