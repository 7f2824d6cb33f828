/**
 * Weights set by hand, the first model and the one a learned model is held against: `logit = bias + Σ weight · feature`.
 * Features are named as in `features.ts`.
 */
export const HAND_WEIGHTS: Readonly<Record<string, number>> = {
  bias: -2.6,
  'units': 0.45, 'link-share': -4, 'ends-stop': 0.6, 'stops': 0.15, 'commas-per-unit': 3, 'repeats': -0.4,
  'in-article-body': 0.8, 'in-core': 2.2, 'core-distance': -0.12, 'group-prose-share': 2, 'parent-prose-share': 1.5, 'parent-link-share': -1.5,
  'bars': -0.3, 'digit-share': -1.5, 'copyright-mark': -1.5,
  'tags-unlikely': -1.4, 'tag-figure': -0.7, 'tag-articleBody': 0.6, 'tag-paragraph': 0.5,
  'class-comment': -1.5, 'class-related': -0.6, 'class-share': -0.7, 'class-side': -0.3, 'class-nav': -0.8, 'class-footer': -0.7,
  'class-promo': -0.5, 'class-caption': -0.3, 'class-byline': -0.6, 'class-date': -0.4, 'class-tag': -0.6,
  'class-popup': -0.8, 'class-teaser': -0.4, 'class-login': -0.5, 'class-body': 0.4,
  'says-any': -0.85,
  'window-prose': 1.2, 'since-prose': -0.12, 'after-headline': 0.4, 'covers-headline': -2, 'prose-after': 0.2,
};
