package io.ringfence.firmware.syscalls.dai;

import java.util.List;
import java.util.Optional;

/** What a DAI is for Zephyr's drivers ({@code enum dai_type}). The ordinal is what lies in RAM. */
public enum DaiType {
  /** {@code DAI_INTEL_SSP}. */
  INTEL_SSP,
  /** {@code DAI_INTEL_DMIC}, which only receives. */
  INTEL_DMIC,
  /** {@code DAI_INTEL_HDA}. */
  INTEL_HDA,
  /** {@code DAI_INTEL_ALH}. */
  INTEL_ALH,
  /** {@code DAI_IMX_SAI}. */
  IMX_SAI,
  /** {@code DAI_IMX_ESAI}. */
  IMX_ESAI,
  /** {@code DAI_AMD_DMIC}. */
  AMD_DMIC,
  /** {@code DAI_AMD_TDM}. */
  AMD_TDM,
  /** {@code DAI_MEDIATEK_AFE}. */
  MEDIATEK_AFE,
  /** {@code DAI_IMX_MICFIL}. */
  IMX_MICFIL,
  /** {@code DAI_AMD_SDW}. */
  AMD_SDW,
  /** {@code DAI_INTEL_UAOL}. */
  INTEL_UAOL;

  /** By number of {@code enum sof_ipc_dai_type}, which begins with one that is no DAI. */
  private static final List<Optional<DaiType>> BY_IPC_TYPE =
      List.of(
          Optional.empty(),
          Optional.of(INTEL_SSP),
          Optional.of(INTEL_DMIC),
          Optional.of(INTEL_HDA),
          Optional.of(INTEL_ALH),
          Optional.of(IMX_SAI),
          Optional.of(IMX_ESAI),
          Optional.of(AMD_TDM),
          Optional.of(AMD_TDM),
          Optional.of(AMD_DMIC),
          Optional.of(MEDIATEK_AFE),
          Optional.of(AMD_TDM),
          Optional.of(AMD_TDM),
          Optional.of(AMD_TDM),
          Optional.of(IMX_MICFIL),
          Optional.of(AMD_SDW),
          Optional.of(INTEL_UAOL),
          Optional.of(AMD_TDM));

  /** What a number of {@code enum sof_ipc_dai_type} stands for ({@code sof_dai_type_to_zephyr}). */
  static Optional<DaiType> ofIpc(int number) {
    return Integer.compareUnsigned(number, BY_IPC_TYPE.size()) < 0
        ? BY_IPC_TYPE.get(number)
        : Optional.empty();
  }
}
