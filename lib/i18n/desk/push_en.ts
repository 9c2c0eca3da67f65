/** The texts of the desk about notifications while it is closed. */
export const push = {
  row: "When the desk is closed",
  rowOff: "Nothing notifies you.",
  rowOn: "This device notifies you.",
  rowElsewhere: {
    one: "{count} other device notifies you.",
    other: "{count} other devices notify you.",
  },
  setUp: "Set up",
  title: "Notifications while the desk is closed",
  close: "Close",
  text:
    "With at least one device, visitors see you as available even if you close the desk, as long as your presence is Online. A call, chat or callback then notifies your devices. A call rings for 90 seconds, so that you have time to open the desk.",
  privacy:
    "The notification contains no name, no telephone number and no message. The push service of your browser delivers it encrypted.",
  here: "This device",
  on: "Turned on",
  off: "Turned off",
  turnOn: "Turn on here",
  turnOff: "Turn off",
  none:
    "This browser can't receive notifications while the desk is closed. On iPhone and iPad, add the desk to the Home Screen first. The address must begin with https.",
  framed:
    "This page is part of another website. Open the desk in its own tab to turn notifications on.",
  blocked:
    "This browser blocks notifications of this website. Select the icon to the left of the address, allow notifications, and reload the page.",
  devices: "Your devices",
  noDevices: "You have no devices yet.",
  unnamed: "Browser",
  thisOne: "this device",
  /** `{date}`. */
  since: "Since {date}",
  /** `{date}`, `{last}`. */
  sinceLast: "Since {date}, last notified {last}",
  test: "Test",
  remove: "Remove",
  /** `{device}`. */
  testLabel: "Test {device}",
  removeLabel: "Remove {device}",
  notes: {
    sent: "The test was sent. The notification appears within a few seconds.",
    gone:
      "The push service no longer knows this device, so it was removed. Turn it on again on the device.",
    failed: "The request failed. Check the connection, then try again.",
    "not-accepted":
      "The push service did not accept the test. Ask an administrator if the service can reach the internet.",
    throttled: "Too many tests. Wait a minute, then try again.",
    "too-many": "You have reached the limit of 10 devices. Remove one first.",
    "not-found": "This device was already removed.",
    blocked: "Notifications were not allowed, so nothing was turned on.",
    "no-service":
      "This browser could not reach its push service. Private windows and some browsers have none.",
  },
};
