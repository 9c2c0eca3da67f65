import { userLogin } from "./simulated_pbx/user_login.ts";

/** A page of a PBX with the myApps client, which shows one App in a frame. */
export interface MyAppsClient extends AsyncDisposable {
  /** `https://localhost:PORT`: another site than `https://127.0.0.1`. */
  origin: string;
  /** The App that it shows next, and who is signed in at the client. `refusal`:
   * what the PBX says instead of a login. */
  app: {
    url: string;
    sip: string;
    name: string;
    password: string;
    refusal?: string;
  };
  /** `getLogin` messages that it was asked, as they came. */
  asked: string[];
}

/** Serves the client over TLS with this certificate. */
export function serveMyApps(
  { cert, key }: { cert: string; key: string },
): MyAppsClient {
  const app: MyAppsClient["app"] = {
    url: "",
    sip: "",
    name: "",
    password: "s3cret",
  };
  const asked: string[] = [];
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    cert,
    key,
    onListen: () => {},
  }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/") return html(pageOf(app.url));
    if (pathname !== "/AppGetLogin") return new Response(null, { status: 404 });
    const message = await request.text();
    asked.push(message);
    const { sip, name, password } = app;
    const guid = sip.padEnd(32, "0");
    const { challenge, src } = JSON.parse(message);
    if (app.refusal !== undefined) {
      const errorText = app.refusal;
      return Response.json({ mt: "Login", error: 1, errorText, src });
    }
    const login = userLogin(challenge, { sip, name, guid, password });
    return new Response(login.replace(/}$/, `,"src":${JSON.stringify(src)}}`));
  });
  return {
    origin: `https://localhost:${server.addr.port}`,
    app,
    asked,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function html(body: string): Response {
  const headers = { "content-type": "text/html; charset=utf-8" };
  return new Response(body, { headers });
}

/** Asks the PBX for each `getLogin` of the App, and hands the login on. */
function pageOf(url: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<title>myApps</title>
<style>html, body, iframe { inline-size: 100%; block-size: 100%; margin: 0; border: 0 }</style>
<iframe src="${url}"></iframe>
<script>
  const frame = document.querySelector("iframe");
  addEventListener("message", async ({ source, data }) => {
    if (source !== frame.contentWindow || typeof data !== "string") return;
    if (JSON.parse(data).mt !== "getLogin") return;
    const asked = await fetch("/AppGetLogin", { method: "POST", body: data });
    source.postMessage(await asked.text(), "*");
  });
</script>`;
}
