import React from 'react';
import LazyLab from '../Lab/LazyLab';
import { PRESET_IDS } from './preset-ids';

const load = () => import(/* webpackChunkName: "scheduler-lab" */ './Lab');

/** The scheduler lab. The scheduler comes with its code. */
export default function SchedulerLab() {
  return <LazyLab load={load} presets={PRESET_IDS} />;
}
