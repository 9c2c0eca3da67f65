import type { Agent } from "@/lib/model/agent.ts";
import { DEFAULT_APPEARANCE } from "@/lib/model/appearance.ts";
import type { Company } from "@/lib/model/company.ts";
import type { PictureId } from "@/lib/model/picture.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import type { PORTRAITS } from "./portraits.ts";

/** The stored portraits of those who are in the examples from the start. */
export type Portraits = Record<
  Exclude<keyof typeof PORTRAITS, "you">,
  PictureId
>;

// Names of functions, hosts of RFC 2606, numbers that are reserved for fiction:
// nobody is reached by mistake.

const COMPANY: Company = {
  name: "Example Company",
  street: "Harbour Street 1",
  zip: "10115",
  city: "Berlin",
  country: "Germany",
  phone: "+49 30 23125 000",
  fax: "",
  email: "hello@example.com",
  web: "https://www.example.com",
};

/** A widget that waits at the side of the page. */
export function exampleSidebar(portraits: Portraits): WidgetContent {
  return {
    ...newContent("Example sidebar", "en"),
    company: COMPANY,
    appearance: {
      ...DEFAULT_APPEARANCE,
      helpTexts: [
        "Questions? We are here.",
        "Chat with us, or call from this page.",
      ],
    },
    agents: agents(portraits).slice(0, 2),
  };
}

/** A widget that is a part of the page. */
export function exampleCardset(portraits: Portraits): WidgetContent {
  return {
    ...newContent("Example cardset", "en"),
    company: COMPANY,
    appearance: {
      ...DEFAULT_APPEARANCE,
      colors: { ...DEFAULT_APPEARANCE.colors, accent: "#2f55c4" },
    },
    agents: agents(portraits),
  };
}

/** The card of whoever set the product up: online when they open the desk. */
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
      ...agent("reception", portraits.reception),
      name: "Reception",
      department: "Berlin office",
      phone: "+49 30 23125 010",
    },
    {
      ...agent("sales", portraits.sales),
      name: "Sales",
      department: "Advice and offers",
      phone: "+49 30 23125 020",
      link: { label: "Price list", url: "https://www.example.com/prices" },
    },
    {
      ...agent("support", portraits.support),
      name: "Support",
      department: "Technical questions",
      phone: "+49 30 23125 030",
      media: ["chat", "voice"],
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
