import type { EvidenceKind } from './cut-evidence.js';

/** Logistic weights of the evidence for a cut. */
export const CUT_WEIGHTS: Readonly<Record<EvidenceKind, number>> = {
  'headline-tagged': -0.03,
  'headline-plain': -1.37,
  'headline-none': 0.16,
  'dateline-own': 2.80,
  'dateline-strong': -0.09,
  'datelines-elsewhere': 1.36,
  'headline-width': 0.17,
  'headline-as-wide': 1.20,
  'headline-short': -0.69,
  'headline-echoed': 1.37,
  'headline-known': -2.29,
  'headline-pattern': 1.20,
  'sub-heading-words': -1.55,
  'open-end': -0.61,
  'same-style': -0.02,
  'deeper-level': 0.00,
  ruler: 2.02,
  signature: -0.76,
  'text-alike': -0.96,
  'text-new': 2.84,
  'section-long': 1.04,
  'sections-even': 1.70,
  'page-short-heads': 0.06,
  apart: 1.14,
  'title-absent': 2.68,
  'round-up': 0.69,
  'page-echoed': 1.17,
  'page-apart': 2.58,
  'page-wide': -0.50,
  'page-title-absent': 0.78,
  'page-new': -0.09,
  'head-count': -4.39,
  anaphora: -1.25,
};

export const CUT_BIAS = -8.92;

/** Probability above which a cut is made. */
export const CUT_ABOVE = 0.5;
