import { ack, option } from "../negotiation/option.ts";
import { endpoint } from "./endpoint-value.ts";

/**
 * Endpoint Discriminator, LCP option 19 (RFC 1990 §5.1.3). Windows names itself for multilink; a name alone
 * binds us to nothing, while a Reject costs one more round.
 */
export const endpointDiscriminator = option({
  code: 19,
  name: "endpoint",
  value: endpoint(),
  absent: undefined,
  judge: () => ack,
});
