import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';

/** How to reach an API server at this moment. */
export interface ApiEndpoint {
  /** With a path when the server lives below one. */
  readonly server: URL;
  /** TLS, and perhaps an agent that goes through a proxy. */
  readonly options: Omit<RequestOptions, 'headers'>;
  /** Credentials. */
  readonly headers: OutgoingHttpHeaders;
}

/** Address and credentials of an API server. */
export interface ApiAccess {
  /**
   * Reads them anew, so that rotated tokens and certificates are used from the next request on.
   * @throws ApiFailure credentials
   */
  endpoint(): Promise<ApiEndpoint>;
}
