import type { Vector } from "./vector.ts";

/** The tests of openwall/john. */
export const john: readonly Vector[] = [
  {
    id: "jtr-mschapv2-1111",
    source: "john MSCHAPv2_bs_fmt_plug.c",
    inputs: {
      user: "1111",
      password: "2222",
      authChallenge: "4c092fd3fd98236502e8591100046326",
      peerChallenge: "6a4915d0ce61d42be533640a75391925",
    },
    expected: { ntResponse: "b912ce522524d33123a982cf330a57f8e953fa7974042b5d" },
  },
  {
    id: "jtr-mschapv2-testuser1",
    source: "john MSCHAPv2_bs_fmt_plug.c",
    inputs: {
      user: "testuser1",
      password: "Cricket8",
      authChallenge: "d07054459a1fdbc266a006f0220e6fac",
      peerChallenge: "3545cb1d89b507a5de104435e81b14a4",
    },
    expected: { ntResponse: "33c8331a9b03b7e003f09dd253d740a2bead544143cc8bde" },
  },
  {
    id: "jtr-mschapv2-domain_fred",
    source: "john MSCHAPv2_bs_fmt_plug.c",
    inputs: {
      user: "domain\\fred",
      password: "OMG!BBQ!11!one",
      authChallenge: "56d64cbe7bad61349a0b752335100eaf",
      peerChallenge: "7f8a466cff2a6bf0c80218bbf56d76bc",
    },
    expected: { ntResponse: "d7d829d9545cef1d631b4e568ffb7586050fa3a4d02dbc0b" },
  },
  {
    id: "jtr-mschapv2-WorkGroup_bOb",
    source: "john MSCHAPv2_bs_fmt_plug.c",
    inputs: {
      user: "WorkGroup\\bOb",
      password: "asdblahblahblahblahblahblahblahblah",
      authChallenge: "b3c42db475b881d3c52ff3923d7b3bf8",
      peerChallenge: "6321f8649b971bd11ce8d5cb22a4a738",
    },
    expected: { ntResponse: "f07c7a4eb391f5debe32d814679a5a69661b86b33227c4f8" },
  },
  {
    id: "jtr-mschapv2-lameuser",
    source: "john MSCHAPv2_bs_fmt_plug.c",
    inputs: {
      user: "lameuser",
      password: "",
      authChallenge: "d94e7c7972b2376b28c268583e162de7",
      peerChallenge: "0677ca7318fd7f65ae1b4f58c9f4f400",
    },
    expected: { ntResponse: "eba25a3b04d2c7085d01f842e2befc91745c40db0f792356" },
  },
  {
    id: "jtr-ntresp-g3rg3g3rg3",
    source: "john NETNTLM_bs_fmt_plug.c",
    inputs: { challenge8: "1122334455667788", password: "g3rg3g3rg3g3rg3" },
    expected: { ntResponse: "bfccaf26128ec95f9999c9792f49434267a1d9b0ef89bffb" },
  },
  {
    id: "jtr-ntresp-M1xedC4se%",
    source: "john NETNTLM_bs_fmt_plug.c",
    inputs: { challenge8: "1122334455667788", password: "M1xedC4se%^&*@)##(blahblah!@#" },
    expected: { ntResponse: "e463faa5d868ece20cae622474a2f440a652d642156af863" },
  },
  {
    id: "jtr-ntresp-FooBarGerg",
    source: "john NETNTLM_bs_fmt_plug.c",
    inputs: { challenge8: "1122334455667788", password: "FooBarGerg" },
    expected: { ntResponse: "35b62750e1b9b3205c50d6ba351092c12a1b9b3cdc65d44a" },
  },
  {
    id: "jtr-ntresp-visit www.",
    source: "john NETNTLM_bs_fmt_plug.c",
    inputs: { challenge8: "1122334455667788", password: "visit www.foofus.net" },
    expected: { ntResponse: "a4765ebfe83d345a7cb1660b8899251905164029f8086dde" },
  },
  {
    id: "jtr-ntresp-cory21",
    source: "john NETNTLM_bs_fmt_plug.c",
    inputs: { challenge8: "1122334455667788", password: "cory21" },
    expected: { ntResponse: "b2b2220790f40c88bcff347c652f67a7c4a70d3bebd70233" },
  },
  {
    id: "jtr-ntresp-bar4",
    source: "john MSCHAPv2_bs_fmt_plug.c",
    inputs: { challenge8: "8710da60ebfc4cab", password: "bar4" },
    expected: { ntResponse: "c4e3bb55904c966927ee68e5f1472e1f5d8ec165713b5360" },
  },
  {
    id: "jtr-chapmd5-0-password",
    source: "john chap_fmt_plug.c",
    inputs: { id: 0, challenge: "cc7e5247514551acdcbf782c4027bfb1", password: "password" },
    expected: { response: "fdfdad5277812ae40956a66f3db23308" },
  },
  {
    id: "jtr-chapmd5-0-bar",
    source: "john chap_fmt_plug.c",
    inputs: { id: 0, challenge: "e270954e7d84f99535dce2e5d7340a7d", password: "bar" },
    expected: { response: "4d64f587c7b5248406b939e1e9abeb74" },
  },
  {
    id: "jtr-chapmd5-2-beaVIs",
    source: "john chap_fmt_plug.c",
    inputs: { id: 2, challenge: "d7ec2fff2ada437f9dcd4e3b0df44d50", password: "beaVIs" },
    expected: { response: "1ffc6c2659bc5bb94144fd01eb756e37" },
  },
  {
    id: "jtr-chapmd5-238-hello",
    source: "john chap_fmt_plug.c",
    inputs: { id: 238, challenge: "98437c9fd4cb5f446202c0b1ffab2592", password: "hello" },
    expected: { response: "050d578a292a4bfd9f030d2797919687" },
  },
  {
    id: "jtr-chapmd5-2-U$er1",
    source: "john chap_fmt_plug.c",
    inputs: {
      id: 2,
      challenge: "b73158a35a255d051758e95ed4abb2cdc69bb454110e827441213ddc8770e93ea141e1fc673e017e97eadc6b",
      password: "U$er1",
    },
    expected: { response: "7f3d71b4c0c6569d2fa26f4c14ac3cf0" },
  },
];
