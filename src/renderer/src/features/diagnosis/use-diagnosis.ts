import { useEffect, useState } from 'react'
import { DiagnosisStep, type DiagnosisEvent, type DiagnosisFinding } from '../../../../contract/diagnosis'
import { client } from '../../lib/client'

type Report = Extract<DiagnosisEvent, { type: 'report' }>

export interface DiagnosisRun {
  readonly findings: readonly DiagnosisFinding[]
  /** Null while it runs, and when it broke off. */
  readonly report: Report | null
  readonly error: unknown
}

const WAITING: DiagnosisRun = {
  findings: DiagnosisStep.options.map((step) => ({ step, state: 'waiting', detail: '', action: null })),
  report: null,
  error: null,
}

const after = (run: DiagnosisRun, event: DiagnosisEvent): DiagnosisRun =>
  event.type === 'report'
    ? { ...run, report: event }
    : {
        ...run,
        findings: run.findings.map((old) => (old.step === event.finding.step ? event.finding : old)),
      }

/** Runs 診断 once, from when it is drawn; leaving it calls it off. */
export function useDiagnosis(): DiagnosisRun {
  const [run, setRun] = useState(WAITING)
  useEffect(() => {
    const stop = new AbortController()
    const listen = async () => {
      const events = await client.diagnosis.run(undefined, { signal: stop.signal })
      for await (const event of events) {
        if (stop.signal.aborted) return
        setRun((before) => after(before, event))
      }
    }
    void listen().catch((error: unknown) => {
      if (!stop.signal.aborted) setRun((before) => ({ ...before, error }))
    })
    return () => stop.abort()
  }, [])
  return run
}
