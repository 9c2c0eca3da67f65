import { deepEqual } from "node:assert/strict";
import { RunningContacts, type RunningSeat } from "./running_contacts.ts";

const ADDRESS = "192.0.2.1";

Deno.test("[V42] an address's other contacts still count after one of them has ended", () => {
  const contacts = new RunningContacts(2);
  const [first, second, third]: RunningSeat[] = Array.from(
    { length: 3 },
    () => ({ running: { call: false, chat: true } }),
  );
  const hasRoom = () => contacts.hasRoom(third!, "call", ADDRESS);
  const rooms: boolean[] = [];

  contacts.add(first!, ADDRESS);
  contacts.add(second!, ADDRESS);
  rooms.push(hasRoom());
  contacts.delete(first!);
  rooms.push(hasRoom());
  contacts.add(third!, ADDRESS);
  rooms.push(hasRoom());

  deepEqual(rooms, [false, true, false]);
});
