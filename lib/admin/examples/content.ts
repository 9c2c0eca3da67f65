import type { Agent } from "@/lib/model/agent.ts";
import { type Appearance, DEFAULT_APPEARANCE } from "@/lib/model/appearance.ts";
import type { Company } from "@/lib/model/company.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import type { PictureId } from "@/lib/model/picture.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import type { PORTRAITS } from "./portraits.ts";

/** The stored portraits of the example agents. */
export type Portraits = Record<
  Exclude<keyof typeof PORTRAITS, "you">,
  PictureId
>;

// The company is the one of the preview page. Names are those of functions,
// hosts are from RFC 2606, and numbers are reserved for fiction, so no real
// person can be reached.

const COMPANY: Company = {
  name: "Lindgrund Bicycles",
  street: "Uferweg 12",
  zip: "10115",
  city: "Berlin",
  country: "Germany",
  phone: "+49 30 23125 000",
  fax: "",
  email: "hello@example.com",
  web: "https://www.example.com",
};

/** The colours of that page. */
const APPEARANCE: Appearance = {
  ...DEFAULT_APPEARANCE,
  colors: {
    accent: "#a83f1d",
    background: "#ffffff",
    text: "#29231f",
    card: "#fdfaf6",
  },
};

const WORKSHOP_DAY = [
  { from: "08:00", to: "12:00" },
  { from: "13:00", to: "16:30" },
];
const WORKSHOP_HOURS: OpeningHours = {
  timeZone: "Europe/Berlin",
  week: [...Array.from({ length: 5 }, () => WORKSHOP_DAY), [], []],
  exceptions: [{
    name: "New Year's Day",
    from: "2027-01-01",
    to: "2027-01-01",
    yearly: true,
    intervals: [],
  }],
};

/** Returns the example of a sidebar. */
export function exampleSidebar(portraits: Portraits): WidgetContent {
  return {
    ...newContent("Example sidebar", "en"),
    company: COMPANY,
    appearance: {
      ...APPEARANCE,
      helpTexts: [
        "Questions about a bicycle? We are here.",
        "Chat with us, or call from this page.",
      ],
    },
    agents: agents(portraits).slice(0, 2),
  };
}

/** Returns the example of a cardset. */
export function exampleCardset(portraits: Portraits): WidgetContent {
  return {
    ...newContent("Example cardset", "en"),
    company: COMPANY,
    appearance: APPEARANCE,
    agents: agents(portraits),
  };
}

/** Returns the card of the first administrator, who is online while the desk is
 * open. */
export function ownAgent(
  { name, displayName }: { name: string; displayName: string },
  picture: PictureId,
): Agent {
  return {
    ...agent("", picture),
    address: name,
    name: displayName,
    department: "At the desk of this service",
    email: "",
    link: { label: "", url: "" },
  };
}

function agents(portraits: Portraits): Agent[] {
  return [
    {
      ...agent("shop", portraits.reception),
      name: "Shop",
      department: "Orders and opening hours",
      phone: "+49 30 23125 010",
    },
    {
      ...agent("fitting", portraits.sales),
      name: "Fitting",
      department: "Your measurements, your frame",
      phone: "+49 30 23125 020",
      link: { label: "Price list", url: "https://www.example.com/prices" },
    },
    {
      ...agent("workshop", portraits.support),
      name: "Workshop",
      department: "Repairs and yearly service",
      phone: "+49 30 23125 030",
      media: ["chat", "voice"],
      hours: WORKSHOP_HOURS,
    },
  ];
}

function agent(address: string, picture: PictureId): Agent {
  return {
    address,
    name: "",
    department: "",
    phone: "",
    email: `${address}@example.com`,
    picture,
    media: ["voice", "video", "chat"],
    inactive: false,
    boolean: "",
    link: { label: "", url: "" },
  };
}
