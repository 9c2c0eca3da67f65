import { h, type VNode } from "preact";

/** The element of the widget's script; without a uuid it asks no service. */
export function ContactWidget(attributes: { uuid?: string }): VNode {
  return h("contact-widget", attributes);
}
