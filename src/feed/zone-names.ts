/** Zone names as feeds write them, with the offset east of UTC in minutes. A name says one offset, in winter and in summer. */

/** RFC 5322, 4.3: the single letters were used both ways round, so they say nothing and stand for UTC. */
export const MILITARY_ZONES = 'ABCDEFGHIKLMNOPQRSTUVWXYZ';

/** Where a name is used by two countries, the one whose news agencies write it (BST: London; IST: New Delhi; CST: Chicago). */
export const ZONE_OFFSETS: Readonly<Record<string, number>> = {
  ut: 0, utc: 0, gmt: 0, z: 0, wet: 0, 'etc/gmt': 0, 'etc/utc': 0, uct: 0, zulu: 0,
  // North America
  nst: -210, ndt: -150, ast: -240, adt: -180, est: -300, edt: -240, et: -300, cst: -360, cdt: -300, ct: -360, mst: -420, mdt: -360, mt: -420,
  pst: -480, pdt: -420, pt: -480, akst: -540, akdt: -480, hst: -600, hast: -600, hadt: -540, sst: -660,
  // Latin America
  brt: -180, brst: -120, art: -180, clt: -240, clst: -180, cot: -300, pet: -300, vet: -240, uyt: -180, bot: -240, ect: -300, pyt: -240, gft: -180, amt: -240,
  // Europe
  bst: 60, west: 60, cet: 60, cest: 120, met: 60, mest: 120, mez: 60, mesz: 120, eet: 120, eest: 180, msk: 180, msd: 240, trt: 180, samt: 240, fet: 180,
  // Africa
  wat: 60, cat: 120, sast: 120, eat: 180,
  // Asia
  gst: 240, irst: 210, irdt: 270, aft: 270, pkt: 300, uzt: 300, ist: 330, npt: 345, bdt: 360, mmt: 390, ict: 420, wib: 420, novt: 420, krat: 420, wita: 480,
  hkt: 480, sgt: 480, myt: 480, pht: 480, awst: 480, irkt: 480, wit: 540, jst: 540, kst: 540, yakt: 540, vlat: 600, magt: 660, pett: 720, yekt: 300, omst: 360, almt: 300, idt: 180, azt: 240, get: 240,
  // Australia and the Pacific
  acst: 570, acdt: 630, aest: 600, aedt: 660, nzst: 720, nzdt: 780, chst: 600,
};
