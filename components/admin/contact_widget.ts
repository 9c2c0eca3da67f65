import { h, type VNode } from "preact";

/** The element of the widget's script; without a uuid it opens no connection. */
export function ContactWidget(attributes: { uuid?: string }): VNode {
  return h("contact-widget", attributes);
}
