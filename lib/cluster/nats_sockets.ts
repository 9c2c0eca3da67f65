import { NodeTransport } from "@nats-io/transport-node/lib/node_transport.js";
import { keepErrorListener } from "@/lib/base/error_listener.ts";

const { dial, startTLS, tlsFirst } = NodeTransport.prototype;

/**
 * Keeps an error listener on each socket of the NATS client. Between two steps of
 * connecting, and when it gives up a connection, the client removes all listeners
 * (lib/node_transport.js in 3.4.0), and while it reads the file of `?ca=` none is
 * there: a server that dies then would end the process. Now that try fails after
 * its time limit.
 */
export function keepNatsErrorListeners(): void {
  const client = NodeTransport.prototype;
  client.dial = async function (server) {
    return keepErrorListener(await dial.call(this, server));
  };
  client.startTLS = async function () {
    return keepErrorListener(await startTLS.call(this));
  };
  client.tlsFirst = async function (server) {
    return keepErrorListener(await tlsFirst.call(this, server));
  };
}
