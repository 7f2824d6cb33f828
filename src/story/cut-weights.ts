// Written by `npm run bench -- segmentation-weights`; do not edit by hand.
import type { EvidenceKind } from './cut-evidence.js';
import type { LeadEvidenceKind } from './leads.js';

/** Logistic weights of the evidence for a cut at an opening. */
export const CUT_WEIGHTS: Readonly<Record<EvidenceKind, number>> = {
  'headline-tagged': -0.22,
  'headline-plain': -0.99,
  'headline-none': 1.06,
  dateline: 3.59,
  'dateline-full': 0.63,
  'datelines-elsewhere': 1.35,
  'headline-width': 0.21,
  'headline-as-wide': 0.83,
  'headline-short': -0.72,
  'headline-words': 0.65,
  'headline-pattern': 2.90,
  'sub-heading-words': -1.27,
  'open-end': -0.89,
  'deeper-level': -1.94,
  'headline-echoed': 0.67,
  'headline-echo-share': 1.07,
  'headline-known': -1.81,
  'text-new': 1.24,
  'text-alike': -0.46,
  'words-apart': 1.19,
  'names-known': -1.01,
  'page-headline-absent': 2.14,
  'lead-day': 0.56,
  'lead-long': -0.56,
  'lead-leans': -0.90,
  ruler: 0.79,
  signature: -0.03,
  'language-changed': 2.87,
  'round-up': 0.42,
  'section-long': -0.29,
  'sections-even': 1.14,
  'many-openings': -3.55,
  'short-headings': -0.18,
  'page-echoed': 1.01,
  'page-echo-share': 0.57,
  'page-apart': 1.59,
  'page-names-known': -2.45,
  'page-absent': 0.20,
};
export const CUT_BIAS = -5.25;

/** The same for a bare paragraph on a page that lost its headlines. */
export const LEAD_WEIGHTS: Readonly<Record<LeadEvidenceKind, number>> = {
  alike: -1.53,
  'alike-wide': -3.00,
  dip: 2.30,
  'names-known': -2.76,
  'names-many': 0.23,
  'taken-up': 3.79,
  quoted: -2.15,
  long: 0.25,
  day: 2.18,
  'after-short': -0.63,
};
export const LEAD_BIAS = -2.02;
