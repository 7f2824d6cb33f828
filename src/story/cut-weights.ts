// Written by `npm run bench -- segmentation-weights`; do not edit by hand.
import type { EvidenceKind } from './cut-evidence.js';
import type { LeadEvidenceKind } from './leads.js';

/** Logistic weights of the evidence for a cut at an opening. */
export const CUT_WEIGHTS: Readonly<Record<EvidenceKind, number>> = {
  'headline-tagged': -0.35,
  'headline-plain': -0.92,
  'headline-none': 1.10,
  dateline: 3.18,
  'dateline-full': 1.11,
  'datelines-elsewhere': 1.16,
  'headline-width': 0.76,
  'headline-as-wide': 0.64,
  'headline-short': -0.67,
  'headline-words': 0.48,
  'headline-pattern': 2.63,
  'sub-heading-words': -1.12,
  'open-end': -0.59,
  'deeper-level': -1.69,
  'headline-echoed': 0.46,
  'headline-echo-share': 1.20,
  'headline-known': -1.82,
  'text-new': 1.19,
  'text-alike': -0.50,
  'words-apart': 1.00,
  'names-known': -0.92,
  'page-headline-absent': 2.43,
  'lead-day': 0.52,
  'lead-long': -0.46,
  'lead-leans': -0.74,
  ruler: 0.96,
  signature: -0.14,
  'language-changed': 2.99,
  'round-up': 0.22,
  'section-long': -0.28,
  'sections-even': 1.26,
  'many-openings': -3.32,
  'short-headings': -0.17,
  'page-echoed': 0.74,
  'page-echo-share': 0.87,
  'page-apart': 1.42,
  'page-names-known': -2.31,
  'page-absent': 0.34,
};
export const CUT_BIAS = -5.56;

/** The same for a bare paragraph on a page that lost its headlines. */
export const LEAD_WEIGHTS: Readonly<Record<LeadEvidenceKind, number>> = {
  alike: -1.48,
  'alike-wide': -2.92,
  dip: 2.32,
  'names-known': -2.76,
  'names-many': 0.23,
  'taken-up': 3.77,
  quoted: -2.13,
  long: 0.24,
  day: 2.18,
  'after-short': -0.62,
};
export const LEAD_BIAS = -2.03;
