/** The network page: STUN and TURN, and their test. */
export const network = {
  title: "Network",
  lead:
    "Audio and video go directly between visitor and agent. These servers help if a router or firewall is in between.",
  sourceSettings: "Configured by the settings CW_STUN and CW_TURN.",
  sourcePbx:
    "Provided by the linked PBX because the settings CW_STUN and CW_TURN are empty.",
  servers: "Servers",
  stunUse: "STUN: tells a browser its public address",
  turnUdp: "TURN: relays over UDP",
  turnTcp: "TURN: relays, clients connect over TCP",
  turnTls: "TURN: relays, clients connect over TLS",
  minted: "Credentials are created for each call",
  fixed: "Credentials from the PBX",
  missingShort: "No credentials",
  noTurn:
    "No TURN server is configured. Visitors whose network allows only web traffic, as in many companies and hotels, hear nothing when they call.",
  emptyTitle: "No STUN or TURN server is configured",
  emptyText:
    "Calls work only if both sides can reach each other directly, usually within one network. For visitors at home, on the road or behind a strict firewall, the call connects but has no sound.",
  emptyHow:
    "Set CW_STUN and CW_TURN with CW_TURN_SECRET and restart the service, or enter STUN and TURN on the PBX, whose servers are used if the settings name none. The operator's guide explains how to set up a TURN server.",
  test: "Test from this browser",
  testAgain: "Test again",
  stop: "Stop",
  testHint:
    "The test uses the network that you are in now. It tells you most where your visitors are: at home, on a mobile phone or in a guest network.",
  asking: "The service is creating credentials for the test …",
  running: "{done} of {count} tested …",
  allPassed: {
    one: "The server works from here.",
    other: "All {count} servers work from here.",
  },
  somePassed: "{passed} of {count} servers work from here.",
  nonePassed: "No server works from here.",
  stopped: "The test was stopped.",
  reaching: "waiting for an answer",
  relaying: "relay opened, sending data",
  passed: "works",
  failed: "does not work",
  notTested: "not tested",
  seenAs: "The Internet sees this browser as {address}.",
  direct:
    "It answers. This browser has its own public address, which no router changes.",
  relayed:
    "Data went through the relay at {address} and back, in {ms} ms at best.",
  said: "The browser says: {text}",
  saidCode: "The browser says: {code} {text}",
  why: {
    "no-answer":
      "No answer in time. Is the server running, is the address correct, and do the firewalls in between allow {port}?",
    "no-name":
      "This host name cannot be resolved. Check the spelling and your DNS.",
    unauthorized:
      "The server rejects the credentials (401). Either CW_TURN_SECRET and the server's static-auth-secret differ, or its clock is more than an hour ahead.",
    clock:
      "The server accepts credentials that are valid for an hour, but none that are valid for five minutes, so its clock is ahead of the service's. Synchronize both clocks with a time server (NTP).",
    quota:
      "The server has reached its limit of relays (user-quota, total-quota). Wait some minutes, then test again.",
    forbidden: "The server's rules exclude this browser's address (403).",
    unsupported:
      "The server does not support this transport. Does it accept UDP, TCP or TLS as this address says?",
    "no-data":
      "A relay was opened, but no data came through. Either a firewall in front of the server blocks its relay ports (UDP 49152 to 65535), or its rules (denied-peer-ip) exclude this browser.",
    missing:
      "There are no credentials for this server, so no call uses it. Set CW_TURN_SECRET, or the credentials on the PBX.",
    unusable: "The browser does not accept this address.",
    refused: "The server rejects the request.",
  },
  port: "{protocol} port {port}",
  skewAhead: {
    one:
      "The clock of this browser is one second ahead of the service's. TURN credentials expire, so calls fail if the service's clock is the wrong one.",
    other:
      "The clock of this browser is {count} seconds ahead of the service's. TURN credentials expire, so calls fail if the service's clock is the wrong one.",
  },
  skewBehind: {
    one:
      "The clock of this browser is one second behind the service's. TURN credentials expire, so calls fail if the service's clock is the wrong one.",
    other:
      "The clock of this browser is {count} seconds behind the service's. TURN credentials expire, so calls fail if the service's clock is the wrong one.",
  },
  clocksAgree: "The clocks of this browser and of the service agree.",
};
