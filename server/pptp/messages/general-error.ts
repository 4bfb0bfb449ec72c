/**
 * General Error Codes (RFC 2637 §2.16); they stand beside a Result Code of 2, otherwise the field is `none`.
 */
export const GENERAL_ERROR = {
  none: 0,
  notConnected: 1,
  badFormat: 2,
  badValue: 3,
  noResource: 4,
  badCallId: 5,
  pacError: 6,
} as const;
