import { deepEqual } from "node:assert/strict";
import { Socket } from "node:net";
import { keepErrorListener } from "./error_listener.ts";

Deno.test("an error of a socket ends nothing, even after all listeners were removed", () => {
  const socket = keepErrorListener(new Socket());
  const heard: string[] = [];

  socket.on("error", ({ message }) => heard.push(message));
  socket.emit("error", new Error("one"));
  socket.removeAllListeners();
  socket.emit("error", new Error("two"));
  socket.removeAllListeners("error");
  socket.emit("error", new Error("three"));
  socket.destroy();

  deepEqual(heard, ["one"]);
});

Deno.test("removing listeners of one event keeps those of others", () => {
  const socket = keepErrorListener(new Socket());
  const heard: string[] = [];

  socket.on("error", () => heard.push("error"));
  socket.on("close", () => heard.push("close"));
  socket.removeAllListeners("close");
  socket.emit("error", new Error());
  socket.emit("close");
  socket.destroy();

  deepEqual(heard, ["error"]);
});
