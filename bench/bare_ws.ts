import { createServer } from "node:http";
// @ts-types="@types/ws"
import { type WebSocket, WebSocketServer } from "ws";
import { type Script, tell } from "./script.ts";

// A minimal server on `ws`: it has no widgets and no checks, and sends the
// frames of the script. The program is compared with it.

const script: Script = JSON.parse(Deno.args[0] ?? "{}");
const all = new Set<WebSocket>();
const agents = new Map<string, WebSocket>();
const partners = new Map<WebSocket, WebSocket>();

const server = createServer((_request, response) => response.end(script.file));
new WebSocketServer({ server, perMessageDeflate: false })
  .on("connection", (socket) => {
    all.add(socket);
    socket.on("close", () => all.delete(socket));
    socket.on(
      "message",
      (data) =>
        tell(data.toString(), socket, { script, all, agents, partners }),
    );
  });
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") {
    console.log(`URL http://127.0.0.1:${address?.port}\nReady`);
  }
});
