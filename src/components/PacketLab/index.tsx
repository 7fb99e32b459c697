import React from 'react';
import LazyLab from '../Lab/LazyLab';
import { PRESET_IDS } from './preset-ids';

const load = () => import(/* webpackChunkName: "packet-lab" */ './Lab');

/** The packet lab. What decides about packets comes with its code. */
export default function PacketLab() {
  return <LazyLab load={load} presets={PRESET_IDS} />;
}
