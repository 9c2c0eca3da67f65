/** The settings that the port needs. */
export interface PortSettings {
  host: string;
  port: number;
  /** Path of the App instance. */
  instancePath: string;
  /** Files of the certificate and its key; "" for no TLS. */
  tlsCert: string;
  tlsKey: string;
  trustedProxies: readonly string[];
  pbxFrom: readonly string[];
  requestSeconds: number;
}
