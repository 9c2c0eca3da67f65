/** The network page: STUN and TURN, and their test. */
export const network = {
  title: "Network",
  lead:
    "Sound and picture of a call flow from browser to browser or phone. These servers open the way where there is a router or a firewall between.",
  sourceSettings: "Set by the settings CW_STUN and CW_TURN of the service.",
  sourcePbx:
    "Named by the linked PBX, as the settings CW_STUN and CW_TURN are empty.",
  servers: "Servers",
  stunUse: "STUN: tells a browser its public address",
  turnUdp: "TURN: relays over UDP",
  turnTcp: "TURN: relays, reached over TCP",
  turnTls: "TURN: relays, reached over TLS",
  minted: "A name and a password are made for each call",
  fixed: "Name and password of the PBX",
  missingShort: "No name and password",
  noTurn:
    "No TURN server is set. Visitors whose network lets nothing but websites through, as in many companies and hotels, hear nothing when they call.",
  emptyTitle: "No STUN or TURN server is set",
  emptyText:
    "Calls work as long as both sides reach each other directly, mostly inside one network. Visitors at home, on the road or behind a strict firewall see the call connect and hear nothing.",
  emptyHow:
    "Set CW_STUN and CW_TURN with CW_TURN_SECRET and start the service again, or enter STUN and TURN on the PBX: its servers are used if the settings name none. The operator's guide shows how a TURN server is set up.",
  test: "Test from this browser",
  testAgain: "Test again",
  stop: "Stop",
  testHint:
    "The test uses the network that you are in now. It says most from where visitors are: at home, with a mobile phone, in a guest network.",
  asking: "The service makes credentials for the test …",
  running: "{done} of {count} tested …",
  allPassed: {
    one: "The server works from here.",
    other: "All {count} servers work from here.",
  },
  somePassed: "{passed} of {count} servers work from here.",
  nonePassed: "No server works from here.",
  stopped: "The test was stopped.",
  reaching: "waits for an answer",
  relaying: "relay opened, sends data",
  passed: "works",
  failed: "does not work",
  notTested: "not tested",
  seenAs: "The Internet sees this browser as {address}.",
  direct:
    "It answers. This browser has a public address of its own, no router changes it.",
  relayed:
    "Data went through the relay at {address} and back in {ms} ms at best.",
  said: "The browser says: {text}",
  saidCode: "The browser says: {code} {text}",
  why: {
    "no-answer":
      "No answer within the time. Is the server running, is the address right, and do the firewalls on the way let it through: {port}?",
    "no-name":
      "This name leads nowhere. Is it written right, and does the DNS that your browser asks know it?",
    unauthorized:
      "The server refuses the credentials (401). CW_TURN_SECRET and the server's static-auth-secret differ, or its clock is ahead by more than an hour.",
    clock:
      "The server takes credentials that are good for an hour, but none that are good for five minutes: its clock is ahead of the service's. Let both ask a time server (NTP).",
    quota:
      "The server opens no more relays for now: its limit is reached (user-quota, total-quota). Wait some minutes, then test again.",
    forbidden:
      "The server forbids it (403): its rules leave out the address of this browser.",
    unsupported:
      "The server does not support this way. Does it listen for UDP, TCP or TLS as this address says?",
    "no-data":
      "A relay was opened, but no data came through. Does a firewall before the server close its relay ports (UDP 49152 to 65535), or do its rules (denied-peer-ip) leave out the way back to this browser?",
    missing:
      "Nobody has a name and a password for this server, so no call uses it. Set CW_TURN_SECRET, or the credentials on the PBX.",
    unusable: "The browser does not take this address as it is written.",
    refused: "The server refuses it.",
  },
  port: "{protocol} port {port}",
  skewAhead: {
    one:
      "The clock of this browser is ahead of the service's by one second. TURN credentials end at a time: if it is the service's clock that is wrong, calls fail.",
    other:
      "The clock of this browser is ahead of the service's by {count} seconds. TURN credentials end at a time: if it is the service's clock that is wrong, calls fail.",
  },
  skewBehind: {
    one:
      "The clock of this browser is behind the service's by one second. TURN credentials end at a time: if it is the service's clock that is wrong, calls fail.",
    other:
      "The clock of this browser is behind the service's by {count} seconds. TURN credentials end at a time: if it is the service's clock that is wrong, calls fail.",
  },
  clocksAgree: "The clocks of this browser and of the service agree.",
};
