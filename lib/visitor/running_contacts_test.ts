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

Deno.test("[V42] contacts at other instances count towards the limits of an address and a site", () => {
  const far: Record<string, number>[] = [];
  let changes = 0;
  const contacts = new RunningContacts(2, {
    size: 1,
    contacts: () => far,
    changed: () => changes++,
  });
  const seat = (call: boolean, chat: boolean) => ({ running: { call, chat } });
  const [own, idle] = [seat(true, true), seat(false, false)];
  const mayCall = (address: string) =>
    contacts.hasRoom(seat(false, false), "call", address);

  contacts.add(own, "2001:db8:1:1::1");
  contacts.add(idle, "192.0.2.1");
  const told = contacts.byBlock();
  const rooms = [mayCall("192.0.2.1"), mayCall("2001:db8:1:2::1")];
  far.push({ "192.0.2.1": 1, "2001:db8:1:7": 5 }, { "192.0.2.1": 1 });
  rooms.push(mayCall("192.0.2.1"), mayCall("2001:db8:1:2::1"));
  far.push({ "2001:db8:1:8": 1, "192.0.2.2": 1 });
  rooms.push(mayCall("192.0.2.2"), mayCall("2001:db8:1:2::1"));
  contacts.delete(own);

  deepEqual(told, { "2001:db8:1:1": 2 });
  deepEqual(rooms, [true, true, false, true, true, false]);
  deepEqual([changes, contacts.byBlock()], [3, {}]);
});
