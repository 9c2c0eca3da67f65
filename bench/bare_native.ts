import { type Script, tell } from "./script.ts";

// A minimal server on Deno's own WebSocket; see bare_ws.ts.

const script: Script = JSON.parse(Deno.args[0] ?? "{}");
const all = new Set<WebSocket>();
const agents = new Map<string, WebSocket>();
const partners = new Map<WebSocket, WebSocket>();

const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen() {} },
  (request) => {
    if (request.headers.get("upgrade") !== "websocket") {
      return new Response(script.file);
    }
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => all.add(socket);
    socket.onclose = () => all.delete(socket);
    socket.onmessage = ({ data }) =>
      tell(data, socket, { script, all, agents, partners });
    return response;
  },
);
console.log(`URL http://127.0.0.1:${server.addr.port}\nReady`);
